/**
 * Completion for PowerShell, 5.1 and later.
 *
 * @module
 */
import { type CommandCompletion, type Completable, dashed } from "./model.ts";

/** The script; to be run from the profile. */
export function powershellCompletion(commands: readonly CommandCompletion[]): string {
  const top = commands.flatMap(({ names, summary }) =>
    names.map((name) => `    ${pair(name, summary)}\n`)
  );
  return `# PowerShell completion for trtis
Register-ArgumentCompleter -Native -CommandName @('trtis', 'trtis.exe') -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $top = [ordered]@{
${top.join("")}    '--help' = 'show help'
    '--version' = 'show the version'
  }
  $flags = @{
${commands.map(flagTable).join("")}  }
  $values = @{
${commands.map(valueTable).join("")}  }
  $words = @($commandAst.CommandElements | ForEach-Object { $_.ToString() })
  if ($wordToComplete -ne '') { $words = @($words | Select-Object -SkipLast 1) }
  $found = [ordered]@{}
  if ($words.Count -le 1) {
    $found = $top
  } elseif ($flags.ContainsKey($words[1])) {
    $allowed = $values[$words[1]]
    $previous = $words[$words.Count - 1]
    if ($allowed.ContainsKey($previous)) {
      foreach ($value in $allowed[$previous]) { $found[$value] = $value }
    } elseif ($wordToComplete.StartsWith('-')) {
      $found = $flags[$words[1]]
    } elseif ($allowed.ContainsKey('')) {
      foreach ($value in $allowed['']) { $found[$value] = $value }
    }
  }
  $found.GetEnumerator() | Where-Object { $_.Key.StartsWith($wordToComplete) } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new(
      $_.Key, $_.Key, 'ParameterValue', $_.Value)
  }
}
`;
}

function flagTable({ names, flags }: CommandCompletion): string {
  const long = flags.map(({ long, help }) => `      ${pair(`--${long}`, help)}\n`);
  return names.map((name) => `    ${quote(name)} = [ordered]@{\n${long.join("")}    }\n`).join("");
}

/** Words by the flag before them, in the exact case of the letter; `''` stands for the arguments. */
function valueTable({ names, flags, positionals }: CommandCompletion): string {
  const rows = flags.filter((flag) => flag.choices)
    .flatMap((flag) => dashed(flag).map((name) => row(name, flag)));
  const positional = positionals.find((one) => one.choices);
  if (positional) rows.push(row("", positional));
  // A plain hashtable does not tell -h from -H.
  const fill = rows.join("");
  return names.map((name) =>
    `    ${quote(name)} = & { $t = New-Object System.Collections.Hashtable ` +
    `([StringComparer]::Ordinal)\n${fill}      ,$t }\n`
  ).join("");
}

function row(name: string, { choices = [] }: Completable): string {
  return `      $t[${quote(name)}] = @(${choices.map(quote).join(", ")})\n`;
}

function pair(name: string, text: string): string {
  return `${quote(name)} = ${quote(text)}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
