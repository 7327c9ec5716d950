import { codeIn } from "../../languages/strings/code.ts";
import { apiCheck } from "./builtin-api.ts";

/** Programs in Go, Java and Python. */
export const programApi = apiCheck(({ language, fragment }) => codeIn(language, fragment));
