#!/usr/bin/env node
import { setFlagsFromString } from "node:v8";
import { processIo } from "./io.ts";
import { main } from "./main.ts";

// V8 of Node 20 optimizes what it runs so early that a run which takes a second does not get back what that costs. Later
// versions wait longer by themselves, and know no such setting.
if (parseInt(process.versions.v8) < 12) setFlagsFromString("--interrupt-budget=600000");

process.exitCode = await main(process.argv.slice(2), processIo(new URL("./reader.mjs", import.meta.url)));
