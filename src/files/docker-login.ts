import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Credentials } from "../registry/client.ts";

/** The parts of docker's `config.json` that hold logins. */
interface DockerConfig {
  readonly auths?: Readonly<Partial<Record<string, Readonly<Partial<Record<string, string>>>>>>;
  readonly credHelpers?: Readonly<Partial<Record<string, string>>>;
  readonly credsStore?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The login that `docker login` keeps for a host: in `config.json` of `$DOCKER_CONFIG` or `~/.docker`, or with the helper that it
 * names. Null when there is none, or the file cannot be read: a public image needs none.
 */
export async function dockerLogin(host: string, env: Environment): Promise<Credentials | null> {
  const folder = env["DOCKER_CONFIG"] ?? join(env["HOME"] ?? homedir(), ".docker");
  const config = readConfig(join(folder, "config.json"));
  if (config === null) return null;
  const helper = config.credHelpers?.[host] ?? config.credsStore;
  const kept = helper === undefined || helper === "" ? null : await fromHelper(helper, host, env);
  return kept ?? fromFile(config, host);
}

function readConfig(path: string): DockerConfig | null {
  try {
    const content: unknown = JSON.parse(readFileSync(path, "utf8"));
    return typeof content === "object" && content !== null ? content : null;
  } catch {
    return null;
  }
}

/** Hosts stand there as they are, or as the address of their API. */
function fromFile({ auths = {} }: DockerConfig, host: string): Credentials | null {
  const names = [host, `https://${host}`, `http://${host}`, `https://${host}/v1/`, `https://${host}/v2/`];
  const entry = names.map((name) => auths[name]).find((one) => one !== undefined);
  if (entry === undefined) return null;
  const { auth, identitytoken, username, password } = entry;
  if (identitytoken !== undefined && identitytoken !== "") return { kind: "identity", token: identitytoken };
  if (username !== undefined && password !== undefined) return { kind: "password", user: username, password };
  const text = Buffer.from(auth ?? "", "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon < 1 ? null : { kind: "password", user: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** Helpers take the host on standard input and print JSON (docker-credential-helpers). */
function fromHelper(name: string, host: string, env: Environment): Promise<Credentials | null> {
  if (!/^[\w.-]+$/.test(name)) return Promise.resolve(null);
  return new Promise((resolve) => {
    const helper = spawn(`docker-credential-${name}`, ["get"], { env, stdio: ["pipe", "pipe", "ignore"] });
    const out: Buffer[] = [];
    helper.stdout.on("data", (data: Buffer) => out.push(data));
    helper.stdin.on("error", () => undefined);
    helper.on("error", () => {
      resolve(null);
    });
    helper.on("close", (code) => {
      resolve(code === 0 ? ofHelper(Buffer.concat(out).toString("utf8")) : null);
    });
    helper.stdin.end(host);
  });
}

function ofHelper(text: string): Credentials | null {
  try {
    const { Username, Secret } = JSON.parse(text) as Readonly<Partial<Record<string, string>>>;
    if (Username === undefined || Secret === undefined || Secret === "") return null;
    if (Username === "<token>") return { kind: "identity", token: Secret };
    return { kind: "password", user: Username, password: Secret };
  } catch {
    return null;
  }
}
