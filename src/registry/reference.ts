/** Where an image is, as a registry is asked for it. */
export interface ImageReference {
  /** Host and port: `ghcr.io`, `localhost:5000`. */
  readonly host: string;
  /** `inspektor-gadget/gadget/trace_exec` */
  readonly repository: string;
  readonly tag: string;
}

/** @param text a full reference with a tag, without digest; null for anything else */
export function parseReference(text: string): ImageReference | null {
  const [, host, repository, tag] =
    /^([\w.-]+(?::\d+)?)\/([a-z0-9._/-]+):(\w[\w.-]{0,127})$/.exec(text) ?? [];
  return host === undefined || repository === undefined || tag === undefined
    ? null
    : { host, repository, tag };
}
