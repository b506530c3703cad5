import { CLASS_WORDS, type DiffRow, rowsByApi, SHARED, type ToldChange } from './diff-rows';
import { summaryLine } from './diff-text';
import { line, lines, shown, type Shown, visible } from './shown';

const MAX_SUBJECTS = 10;

/** For the comment of a pull request: names and values are code, so none of them is a link, a mention or a tag. */
export function diffMarkdown(changes: readonly ToldChange[]): Shown {
  const apis = [...rowsByApi(changes)].map(([api, rows]) =>
    lines([
      `#### ${api === '' ? SHARED : code(api)}`,
      '',
      '| callers | what | before | after | because |',
      '| --- | --- | --- | --- | --- |',
      ...rows.map((row) => `| ${cellsOf(row).join(' | ')} |`),
      '',
    ]),
  );
  return shown([line('### API changes'), line(''), ...apis, line(summaryLine(changes))]);
}

function cellsOf({ class: name, what, before, after, why, subjects }: DiffRow): string[] {
  const more = subjects.length - MAX_SUBJECTS;
  const named = [...subjects.slice(0, MAX_SUBJECTS).map(cell), ...(more > 0 ? [`and ${more} more`] : [])];
  const marked = name === 'breaking' || name === 'opening' ? `**${CLASS_WORDS[name]}**` : CLASS_WORDS[name];
  return [marked, [...named, cell(what)].join('<br>'), valueOf(before), valueOf(after), cell(why)];
}

const valueOf = (text: string | undefined): string => (text === undefined ? '–' : cell(text));

/** A pipe would end the cell of a table, in code too. After another backslash, half of the renderers do not see the one before it. */
const cell = (text: string): string => (text.includes('\\|') ? html(text) : code(text).replaceAll('|', '\\|'));

/** With nothing in it that Markdown could read. */
const html = (text: string): string =>
  `<code>${visible(text).replace(/[^\p{L}\p{N} ]/gu, (char) => `&#${char.codePointAt(0)};`)}</code>`;

/** In as many backticks as it takes. */
function code(text: string): string {
  const safe = visible(text);
  const longest = Math.max(0, ...[...safe.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = /^[`\s]|[`\s]$/.test(safe) || safe === '' ? ' ' : '';
  return `${fence}${pad}${safe}${pad}${fence}`;
}
