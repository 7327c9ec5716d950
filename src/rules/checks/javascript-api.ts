import { apiCheck } from "./builtin-api.ts";

/** Programs in JavaScript and TypeScript; apart from the others, since they need a tree. */
export const javascriptApi = apiCheck((part, file) =>
  part.language === "javascript" ? file.codeOf(part) : null,
);
