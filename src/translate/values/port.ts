/**
 * The number that has the bytes of a port in the other order: 443 (0x01bb) is 47873 (0xbb01).
 * @returns null when the text is no port
 */
export function swapBytes(text: string): string | null {
  if (!/^\d+$/.test(text) || Number(text) > 0xffff) return null;
  const port = Number(text);
  return String(((port & 0xff) << 8) | (port >> 8));
}
