import { describe, expect, test } from "vitest";
import { detectLanguage } from "../../src/languages/detect.ts";
import type { LanguageId } from "../../src/languages/language.ts";

const byName: Readonly<Record<LanguageId | "none", readonly string[]>> = {
  shell: [
    "a.sh",
    "x/y/a.bash",
    "A.SH",
    "a.zsh",
    "a.ksh",
    "t.bats",
    ".bashrc",
    "home/.bash_aliases",
    ".envrc",
    ".profile",
    "user_data.sh.tpl",
    "a.sh.tmpl",
  ],
  yaml: [
    "a.yaml",
    "a.yml",
    "A.YAML",
    "charts/x/values.yaml",
    "charts/x/Chart.yaml",
    ".github/workflows/ci.yml",
    "charts/x/templates/plain.yaml",
  ],
  helm: [
    "charts/x/templates/_helpers.tpl",
    "charts/x/templates/NOTES.txt",
    "templates/_x.tpl",
    "values.yaml.gotmpl",
    "a.yml.tmpl",
    "a.yaml.tpl",
  ],
  javascript: ["a.ts", "a.tsx", "a.mts", "a.cts", "a.js", "a.mjs", "a.cjs", "a.jsx", "types.d.ts"],
  markdown: ["README.md", "docs/a.markdown", "B.MD", "docs/c.mdx"],
  makefile: ["Makefile", "GNUmakefile", "makefile", "build/common.mk", "Makefile.local", "Makefile.in"],
  dockerfile: [
    "Dockerfile",
    "Earthfile",
    "Dockerfile.dev",
    "web.Dockerfile",
    "Containerfile",
    "Dockerfile-ig",
    "Dockerfile.tmpl",
  ],
  python: ["scripts/watch.py", "app.PYW", "stubs.pyi"],
  go: ["cmd/main.go", "pkg/x_test.go"],
  rust: ["src/main.rs"],
  json: ["a.json", "tsconfig.jsonc", "a.json5", "x.code-workspace", "package.json"],
  powershell: ["run.ps1", "lib/Tools.psm1", "RUN.PS1"],
  cmd: ["run.bat", "build.CMD"],
  toml: ["pyproject.toml", "x/.mise.toml", "Makefile.toml"],
  notebook: ["docs/Trace.ipynb"],
  justfile: ["justfile", ".justfile", "Justfile", "ci.just"],
  spec: ["rpm/tracer.spec"],
  systemd: ["units/tracer.service", "tracer@.service", "tracer.service.j2", "ig.container"],
  text: ["a.txt", "README", "docs/README", "chart/NOTES.txt"],
  java: ["src/Main.java"],
  kotlin: ["Main.kt", "build.gradle.kts"],
  csharp: ["Program.cs", "run.csx"],
  ruby: ["lib/a.rb", "Rakefile", "Vagrantfile", "x.gemspec"],
  php: ["index.php"],
  groovy: ["Jenkinsfile", "Jenkinsfile.nightly", "vars/x.groovy", "build.gradle"],
  terraform: ["main.tf", "build.pkr.hcl", "prod.tfvars"],
  lua: ["init.lua"],
  starlark: ["defs.bzl", "Tiltfile", "BUILD", "BUILD.bazel"],
  rst: ["docs/index.rst", "README.RST"],
  asciidoc: ["docs/guide.adoc", "README.asciidoc", "a.ASC"],
  html: ["site/index.html", "old.htm", "page.html.tmpl"],
  crontab: ["crontab", "etc/cron.d/trace", "var/spool/cron/crontabs/root", "jobs.cron"],
  settings: [".env", ".env.example", "deploy/prod.env", "app.ini", "supervisord.conf", "app.properties"],
  none: [
    "a.c",
    "a.png",
    ".gitignore",
    "a.sh.bak",
    "sh",
    "a.",
    "main.tpl",
    "a.ts.tmpl",
    "a.constructor",
    "a.__proto__",
    "a.constructor.tpl",
    "yaml",
  ],
};

describe.each(Object.entries(byName))("by name: %s", (language, paths) => {
  test.each(paths)("%s", (path) => {
    expect(detectLanguage(path, "kubectl gadget trace exec\n") ?? "none").toBe(language);
  });
});

const byFirstLine: readonly (readonly [string, LanguageId | null])[] = [
  ["#!/bin/sh", "shell"],
  ["#!/bin/sh -e", "shell"],
  ["#! /bin/bash", "shell"],
  ["#!/usr/bin/env bash", "shell"],
  ["#!/usr/bin/env -S bash -eu", "shell"],
  ["#!/usr/bin/env -i PATH=/bin sh", "shell"],
  ["#!/usr/local/bin/bash5.2", "shell"],
  ["#!/bin/ksh93", "shell"],
  ["#!/bin/busybox sh", "shell"],
  ["#!/usr/bin/env bats", "shell"],
  ["\uFEFF#!/bin/sh", "shell"],
  ["#!/bin/sh\r", "shell"],
  ["# shellcheck shell=bash", "shell"],
  ["#!/usr/bin/env node", "javascript"],
  ["#!/usr/bin/node --no-warnings", "javascript"],
  ["#!/usr/bin/env -S npx tsx", "javascript"],
  ["#!/usr/bin/env -S deno run --allow-all", "javascript"],
  ["#!/usr/bin/env zx", "javascript"],
  ["#!/usr/bin/python3", "python"],
  ["#!/usr/bin/env fish", "shell"],
  ["#!/bin/shfoo", null],
  ["#!", null],
  ["#!/bin/constructor", null],
  ["# bash", null],
  ["kubectl gadget trace exec", null],
  ["\n#!/bin/sh", null],
  ["", null],
];

describe("by first line, where the name has no extension", () => {
  test.each(byFirstLine)("%j: %s", (line, language) => {
    expect(detectLanguage("bin/run", `${line}\nkubectl gadget trace exec`)).toBe(language);
    expect(detectLanguage("bin/.hidden", `${line}\n`)).toBe(language);
    expect(detectLanguage("bin/run.png", `${line}\n`)).toBe(null);
  });
});

const yaml: readonly (readonly [string, string, LanguageId])[] = [
  ["charts/x/templates/a.yaml", "name: {{ .Release.Name }}", "helm"],
  ["charts/x/templates/a.yaml", "name: {{foo}}", "helm"],
  ["charts/x/templates/a.yaml", "name: x", "yaml"],
  ["templates/build.yml", "- ${{ if eq(parameters.x, 1) }}:", "yaml"],
  ["a.yaml", "{{- if .Values.enabled }}\na: 1\n{{- end }}", "helm"],
  ["a.yaml", "a: {{ .Values.a }}", "helm"],
  ["a.yaml", 'a: {{ include "x" . }}', "helm"],
  ["a.yaml", "{{/* comment */}}", "helm"],
  [".github/workflows/ci.yaml", "run: echo ${{ inputs.x }} ${{ if }}", "yaml"],
  ["playbook.yaml", "shell: kubectl gadget trace exec -n {{ namespace }}", "yaml"],
  ["workflow.yaml", "args: ['{{inputs.parameters.ns}}']", "yaml"],
  ["a.yaml", "a: {b: {c: 1}}", "yaml"],
];

describe("YAML or a Helm template", () => {
  test.each(yaml)("%s %j: %s", (path, text, language) => {
    expect(detectLanguage(path, text)).toBe(language);
  });
});

describe("by mode lines, where there is no extension", () => {
  test.each([
    ["# -*- mode: sh -*-", "shell"],
    ["# -*- coding: utf-8; mode: shell-script; -*-", "shell"],
    ["# -*- yaml -*-", "yaml"],
    ["# configuration\n# vim: ft=sh", "shell"],
    ["# vim: set filetype=yaml ts=2:", "yaml"],
    ["# vim is an editor: ft=sh", null],
    ["# -*- mode: haskell -*-", null],
  ])("%j", (line, language) => {
    expect(detectLanguage("bin/job", `${line}\n\nkubectl gadget trace exec\n`)).toBe(language);
  });
});

describe("templates and specimens are in the language of the name inside", () => {
  test.each([
    ["a.sh.in", "shell"],
    ["a.SH.J2", "shell"],
    ["a.md.erb", "markdown"],
    ["a.yaml.j2", "yaml"],
    ["a.yaml.example", "yaml"],
    ["values.yaml.gotmpl.dist", "helm"],
    ["a.ts.j2", null],
    ["package-lock.json", null],
  ])("%s", (path, language) => {
    expect(detectLanguage(path, "kubectl gadget trace exec\n")).toBe(language);
  });
});
