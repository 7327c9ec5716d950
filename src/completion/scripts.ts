import type { CommandSpec, OptionSpec } from "./spec.ts";

/** A script for bash 4 or later; names are words without quotes. */
export function bashScript(commands: readonly CommandSpec[]): string {
  return `# Completion of gadget-migrate for bash: eval "$(gadget-migrate completion bash)"
# What may stand behind the last comma; what stands before it is said already.
_gadget_migrate_list() {
  local head='' one
  [[ $2 == *,* ]] && head=\${2%,*},
  for one in $(compgen -W "$1" -- "\${2##*,}"); do
    [[ ,$head == *,$one,* ]] || COMPREPLY+=("$head$one")
  done
}
_gadget_migrate_files() {
  local head='' one
  [[ $1 == *,* ]] && head=\${1%,*},
  while IFS= read -r one; do COMPREPLY+=("$head$one"); done < <(compgen -f -- "\${1##*,}")
  compopt -o filenames 2>/dev/null
}
_gadget_migrate() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} inline='' command='' operands='' list='' i
  # Bash parts words at the equals sign.
  if [[ $cur == '=' ]]; then cur='' inline='='
  elif [[ $prev == '=' ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]} inline='='; fi
${inShells(commands, { first: "COMP_CWORD > 1", word: "${COMP_WORDS[1]}" })}
  for ((i = 2; i < COMP_CWORD; i++)); do
    [[ \${COMP_WORDS[i]} == -* ]] || operands+="\${operands:+ }\${COMP_WORDS[i]}"
  done
  COMPREPLY=()
${listInShells(commands, bashOffer, { current: "$cur", isFirst: "[[ $COMP_CWORD == 1 ]]" })}
  COMPREPLY=($(compgen -W "$list" -- "$cur"))
}
complete -o bashdefault -o default -F _gadget_migrate gadget-migrate
`;
}

function bashOffer({ values, isFile, isList }: OptionSpec): string {
  const words = `'${values.join(" ")}'`;
  if (isFile) return isList ? '_gadget_migrate_files "$cur"; return' : "return";
  if (isList) return `_gadget_migrate_list ${words} "$cur"; return`;
  return `COMPREPLY=($(compgen -W ${words} -- "$cur")); ${NO_FILES}return`;
}

/** Else bash would offer files where nothing fits. */
const NO_FILES = "compopt +o default +o bashdefault 2>/dev/null; ";

/** A script for zsh, to be evaluated or to stand in a folder of `fpath`. */
export function zshScript(commands: readonly CommandSpec[]): string {
  return `#compdef gadget-migrate
# Completion of gadget-migrate for zsh: source <(gadget-migrate completion zsh)
# What may stand behind the last comma; what stands before it is said already.
_gadget_migrate_list() {
  compset -P '*,'
  local -a said=(\${(s:,:)\${IPREFIX##*=}}) offered=($@)
  compadd -- \${offered:|said}
}
_gadget_migrate() {
  local prev=$words[CURRENT-1] inline='' command='' operands='' list='' i
  if [[ $PREFIX == --*=* ]]; then prev=\${PREFIX%%=*} inline='='; compset -P '*='; fi
${inShells(commands, { first: "CURRENT > 2", word: "$words[2]" })}
  for ((i = 3; i < CURRENT; i++)); do
    [[ $words[i] == -* ]] || operands+="\${operands:+ }$words[i]"
  done
${listInShells(commands, zshOffer, { current: "$PREFIX", isFirst: "(( CURRENT == 2 ))" })}
  if [[ -n $list ]]; then compadd -- \${=list}; fi
  if [[ -z $list || $CURRENT == 2 && $PREFIX != -* ]]; then _files; fi
}
if [[ $funcstack[1] == _gadget_migrate ]]; then _gadget_migrate "$@"; else compdef _gadget_migrate gadget-migrate; fi
`;
}

function zshOffer({ values, isFile, isList }: OptionSpec): string {
  if (isFile) return `${isList ? "compset -P '*,'; " : ""}_files; return`;
  if (values.length === 0) return "return";
  return `${isList ? "_gadget_migrate_list" : "compadd --"} ${values.join(" ")}; return`;
}

/** A script for fish 3 or later. */
export function fishScript(commands: readonly CommandSpec[]): string {
  const all = names(commands).join(" ");
  const lines = commands.flatMap(({ name, options, operands }) => {
    const when = name === "" ? `not __gadget_migrate_in ${all}` : `__gadget_migrate_in ${name}`;
    return [
      ...options.map((spec) => {
        const { name: option, value, values } = spec;
        const takes = value === "none" ? "" : value === "inline" ? " -f" : spec.isFile ? " -r" : " -x";
        const offered = value === "next" ? fishOffer(spec) : "";
        return [
          `complete -c gadget-migrate -n '${when}' -l ${option}${takes}${offered}`,
          ...(value === "inline"
            ? values.map((one) => `complete -c gadget-migrate -n '${when}' -f -a '--${option}=${one}'`)
            : []),
        ].join("\n");
      }),
      ...Array.from(
        operands,
        ([before, next]) =>
          `complete -c gadget-migrate -n '__gadget_migrate_at ${[name, before].join(" ").trim()}' -f -a '${next.join(" ")}'`,
      ),
    ];
  });
  const starts = commands
    .filter(({ name }) => name !== "")
    .map(
      ({ name, what }) =>
        `complete -c gadget-migrate -n __gadget_migrate_at -a ${name} -d '${what.replaceAll("'", "")}'`,
    );
  return `# Completion of gadget-migrate for fish: gadget-migrate completion fish | source
function __gadget_migrate_words
  for word in (commandline -opc)[2..-1]
    string match -q -- '-*' $word; or echo $word
  end
end
function __gadget_migrate_typed
  commandline -ct | string replace -r '^--[^=]*=' ''
end
function __gadget_migrate_list
  set -l head (__gadget_migrate_typed | string replace -r '[^,]*$' '')
  for one in $argv
    contains -- $one (string split , -- "$head"); or echo "$head$one"
  end
end
function __gadget_migrate_files
  set -l typed (__gadget_migrate_typed)
  set -l head (string replace -r '[^,]*$' '' -- "$typed")
  for one in (__fish_complete_path (string replace -r '.*,' '' -- "$typed"))
    echo "$head$one"
  end
end
function __gadget_migrate_in
  set -l words (commandline -opc)
  test (count $words) -gt 1; and contains -- $words[2] $argv
end
function __gadget_migrate_at
  test "$(__gadget_migrate_words | string join ' ')" = "$argv"
end
${[...starts, ...lines].join("\n")}
`;
}

function fishOffer({ values, isFile, isList }: OptionSpec): string {
  if (isFile) return isList ? " -a '(__gadget_migrate_files)'" : "";
  if (values.length === 0) return "";
  const words = values.join(" ");
  return isList ? ` -a '(__gadget_migrate_list ${words})'` : ` -a '${words}'`;
}

function names(commands: readonly CommandSpec[]): readonly string[] {
  return commands.flatMap(({ name }) => (name === "" ? [] : [name]));
}

/** What finds the command among the words. */
function inShells(
  commands: readonly CommandSpec[],
  { first, word }: { readonly first: string; readonly word: string },
): string {
  return `  if (( ${first} )); then
    case ${word} in ${names(commands).join("|")}) command=${word} ;; esac
  fi`;
}

/** What offers the values of an option, or keeps what may stand there in `list`. */
function listInShells(
  commands: readonly CommandSpec[],
  offer: (option: OptionSpec) => string,
  { current, isFirst }: { readonly current: string; readonly isFirst: string },
): string {
  return `  case "$command:$prev$inline" in
${valueCases(commands, offer)}
  esac
  if [[ ${current} == -* ]]; then
    case $command in
${optionCases(commands)}
    esac
  else
    case "$command:$operands" in
${operandCases(commands)}
    esac
    if ${isFirst}; then list='${names(commands).join(" ")}'; fi
  fi`;
}

function valueCases(commands: readonly CommandSpec[], offer: (option: OptionSpec) => string): string {
  const cases = commands.flatMap(({ name, options }) =>
    options
      .filter(({ value }) => value !== "none")
      .map((option) => {
        const inline = `${name}:--${option.name}=`;
        const pattern = option.value === "inline" ? inline : `${name}:--${option.name}|${inline}`;
        return `    ${pattern}) ${offer(option)} ;;`;
      }),
  );
  return cases.join("\n");
}

function optionCases(commands: readonly CommandSpec[]): string {
  return commands
    .map(
      ({ name, options }) => `      '${name}') list='${options.map((one) => `--${one.name}`).join(" ")}' ;;`,
    )
    .join("\n");
}

function operandCases(commands: readonly CommandSpec[]): string {
  return commands
    .flatMap(({ name, operands }) =>
      Array.from(operands, ([before, next]) => `      '${name}:${before}') list='${next.join(" ")}' ;;`),
    )
    .join("\n");
}
