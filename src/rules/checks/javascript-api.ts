import { codeOf } from "../../languages/javascript/code.ts";
import { apiCheck } from "./builtin-api.ts";

/** Programs in JavaScript and TypeScript; apart from the others, since it takes the compiler. */
export const javascriptApi = apiCheck(({ language, fragment, path }) =>
  language === "javascript" ? codeOf(path, fragment) : null,
);
