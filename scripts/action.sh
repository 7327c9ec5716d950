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
add() { if [[ -n $2 ]]; then arguments+=("--$1=$2"); fi; }
add target "${INPUT_TARGET:-}"
add image-style "${INPUT_IMAGE_STYLE:-}"
add registry "${INPUT_REGISTRY:-}"
add defaults "${INPUT_DEFAULTS:-}"
add config "${INPUT_CONFIG:-}"
add fail-on "${INPUT_FAIL_ON:-}"
add fix "${INPUT_FIX:-}"
if [[ ${INPUT_STRICT:-false} == true ]]; then arguments+=(--strict); fi

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
