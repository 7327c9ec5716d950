import { expect, test, vi } from "vitest";
import { Progress } from "../../src/cli/progress.ts";

/** Goes through files that take so many milliseconds each. @returns what is written, control characters and all */
async function written(milliseconds: readonly number[]): Promise<readonly string[]> {
  let clock = 1000;
  const lines: string[] = [];
  const progress = new Progress(
    (text) => Promise.resolve(void lines.push(text)),
    () => clock,
  );
  async function* files(): AsyncGenerator<number> {
    for (const time of milliseconds) {
      clock += time;
      yield await Promise.resolve(time);
    }
  }
  const seen: number[] = [];
  for await (const file of progress.counted(files())) seen.push(file);
  expect(seen).toEqual(milliseconds);
  await progress.clear();
  await progress.clear();
  return lines;
}

test("what else takes long is told too, and something that is waited for again and again", async () => {
  vi.useFakeTimers();
  let clock = 0;
  const lines: string[] = [];
  const progress = new Progress(
    (text) => Promise.resolve(void lines.push(text)),
    () => clock,
  );
  progress.say("1 of 9 files translated");
  clock = 700;
  progress.say("5 of 9 files translated");
  const work = progress.during("asking", new Promise((resolve) => setTimeout(resolve, 1200)));
  clock = 1300;
  await vi.advanceTimersByTimeAsync(500);
  clock = 2100;
  await vi.advanceTimersByTimeAsync(700);
  await work;
  clock = 9000;
  await vi.advanceTimersByTimeAsync(5000);
  await progress.clear();
  vi.useRealTimers();
  expect(lines).toEqual([
    `${CLEAR}5 of 9 files translated, 0 s`,
    `${CLEAR}asking, 1 s`,
    `${CLEAR}asking, 2 s`,
    CLEAR,
  ]);
});

const CLEAR = "\r\u001b[K";

test.each<[milliseconds: readonly number[], lines: readonly string[]]>([
  [[], []],
  [[100, 200, 199], []],
  [
    [499, 1],
    [`${CLEAR}2 files looked into, 0 s`, CLEAR],
  ],
  [
    [600, 50, 50],
    [`${CLEAR}1 file looked into, 0 s`, `${CLEAR}3 files looked into, 0 s`, CLEAR],
  ],
  [[2500], [`${CLEAR}1 file looked into, 2 s`, CLEAR]],
])("files of %j ms write %j", async (milliseconds, lines) => {
  expect(await written(milliseconds)).toEqual(lines);
});
