#!/usr/bin/env bash
# What action.yml runs: one run of the command line with its inputs, which come as INPUT_*.
set -uo pipefail

version=${INPUT_VERSION:?}
if [[ ! $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]]; then
  echo "::error::version takes a version such as 0.1.0"
  exit 2
fi

reports=$(mktemp -d)
formats=github,json,markdown
outputs=-,$reports/report.json,$reports/summary.md
# A report of an earlier step is replaced; names are those of the inputs, relative to the working directory.
if [[ -n ${INPUT_SARIF_FILE:-} ]]; then
  formats+=,sarif
  outputs+=,$INPUT_SARIF_FILE
fi

arguments=(--format "$formats" --output "$outputs")
inputOf() {
  # macOS has a bash that knows no other way to capitals.
  local variable
  variable=INPUT_$(printf '%s' "$1" | tr 'a-z-' 'A-Z_')
  printf '%s' "${!variable:-}"
}
# Each is the option of the command line with that name; action.yml says what it is for.
for option in fix target image-style registry pin insecure-registry defaults form config rule gadget path since baseline fail-on; do
  value=$(inputOf "$option")
  if [[ -n $value ]]; then arguments+=("--$option=$value"); fi
done
for option in no-config no-baseline strict; do
  if [[ $(inputOf "$option") == true ]]; then arguments+=("--$option"); fi
done

arguments+=(--)
while IFS= read -r path; do
  if [[ -n $path ]]; then arguments+=("$path"); fi
done <<<"${INPUT_PATHS:-.}"

npx --yes "gadget-migrate@$version" "${arguments[@]}"
code=$?

if [[ -s $reports/summary.md ]]; then
  cat "$reports/summary.md" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
  if [[ -n ${INPUT_COMMENT_FILE:-} ]]; then cp "$reports/summary.md" "$INPUT_COMMENT_FILE"; fi
fi

count() {
  node -e '
    const { summary } = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"));
    console.log(summary[process.argv[2]] ?? 0);
  ' "$reports/report.json" "$1"
}
{
  echo "exit-code=$code"
  if [[ -s $reports/report.json ]]; then
    echo "findings=$(count findings)"
    echo "fixed=$(count fixed)"
    if [[ -n ${INPUT_SARIF_FILE:-} ]]; then printf 'sarif-file=%s\n' "${INPUT_SARIF_FILE//$'\n'/}"; fi
    if [[ -n ${INPUT_COMMENT_FILE:-} ]]; then printf 'comment-file=%s\n' "${INPUT_COMMENT_FILE//$'\n'/}"; fi
  fi
} >>"${GITHUB_OUTPUT:-/dev/null}"
rm -rf "$reports"
exit "$code"
