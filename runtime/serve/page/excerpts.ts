import { readFileSync } from 'node:fs';
import { type Location } from '../../../lib/template/model/place';
import { placeOf } from '../../../lib/template/reader/place-of';
import { type TemplateSource } from '../../../lib/template/reader/source';
import { type PageGateway } from './contract';

/** Lines before the place, and behind it. */
const [BEFORE, BEHIND] = [2, 6];
/** Characters of a line: definitions in JSON may be one line. */
const LINE_MAX = 240;

/** Finds places of the templates in their files, with the lines around them. */
export function excerptsOf(sources: readonly TemplateSource[]): PageGateway['source'] {
  const byFile = new Map(sources.map((source) => [source.file, source]));
  const texts = new Map<string, readonly string[]>();
  const linesOf = (file: string): readonly string[] => {
    const lines = texts.get(file) ?? readLines(file);
    texts.set(file, lines);
    return lines;
  };
  return (location: Location) => {
    const source = byFile.get(location.template);
    const place = source && placeOf(source, location);
    if (!place) return undefined;
    const lines = linesOf(place.file);
    const first = Math.max(1, place.line - BEFORE);
    const around = lines.slice(first - 1, place.line + BEHIND).map((line) => cut(line, place.column));
    return { ...place, ...(around.length === 0 ? {} : { excerpt: { firstLine: first, lines: around } }) };
  };
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/);
  } catch {
    // The place is still worth telling.
    return [];
  }
}

/** The part of a long line that the column is in. */
function cut(line: string, column: number): string {
  if (line.length <= LINE_MAX) return line;
  const from = column > LINE_MAX - 40 ? column - 41 : 0;
  return `${from > 0 ? '… ' : ''}${line.slice(from, from + LINE_MAX)} …`;
}
