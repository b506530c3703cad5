// The tables of docs/handlers.md; the text around them is written by hand.
import { ADAPTERS } from './adapters.mjs';

const KINDS = {
  rest: 'REST',
  restBinary: 'REST, `*/*` binary',
  http2: 'HTTP, 2.0',
  http1: 'HTTP, 1.0',
  restStream: 'REST, streaming',
  socket: 'WebSocket `$connect`',
};

const escaped = (text) => text.replaceAll('|', '\\|');

function table(head, rows) {
  const all = [head, ...rows].map((row) => row.map(escaped));
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column].length), 3));
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(all[0]), line(widths.map((width) => '-'.repeat(width))), ...all.slice(1).map(line)].join('\n');
}

const nameOf = ({ packages }) => packages[0];

/** One row for each adapter that was asked, one column for each kind; with settings a row below it. */
function tableOf(id, { cells, set }) {
  const answers = cells[id];
  const kinds = Object.keys(KINDS).filter((kind) => Object.values(answers).some((row) => row[kind] !== undefined));
  const rows = ADAPTERS.filter(({ app }) => answers[app]).flatMap((adapter) => {
    const { app, settings } = adapter;
    const after = set[id]?.[app];
    return [
      [nameOf(adapter), ...kinds.map((kind) => answers[app][kind])],
      ...(after ? [[`– with ${settings[id][1]}`, ...kinds.map((kind) => after[kind] ?? '')]] : []),
    ];
  });
  return table(['', ...kinds.map((kind) => KINDS[kind])], rows);
}

function schemasOf({ schemas }) {
  const rows = schemas.map(({ what, schema, missing }) => [
    ...[what, `\`${schema}\``],
    missing.length === 0 ? 'ok' : `**refused**: ${missing.map((path) => `\`${path}\``).join(', ')}`,
  ]);
  return table(['event', 'schema', 'result'], rows);
}

function versionsOf({ node }, packages, date) {
  const rows = ADAPTERS.map(({ packages: [main, ...others] }) => [
    ...[main, packages[main]],
    others.map((name) => `${name} ${packages[name]}`).join(', '),
  ]);
  return `Measured on ${date} with Node.js ${node}.\n\n${table(['adapter', 'version', 'with'], rows)}`;
}

/** The page with its tables, which stand between `<!-- measured: name -->` and `<!-- end -->`. */
export function written(page, measured, packages, date) {
  return page.replace(/(<!-- measured: (\S+) -->\n)[^]*?(<!-- end -->)/g, (_, begin, id, end) => {
    const text =
      id === 'versions'
        ? versionsOf(measured, packages, date)
        : id === 'schemas'
          ? schemasOf(measured)
          : tableOf(id, measured);
    return `${begin}\n${text}\n\n${end}`;
  });
}
