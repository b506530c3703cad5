import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..');

export const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

/** Every document that somebody reads, as a path from the root with `/`. `API.md` is generated. */
export function documents(): string[] {
  const under = (folder: string) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map(
      (file) => `${folder}/${file.replaceAll('\\', '/')}`,
    );
  return [...readdirSync(ROOT), ...under('docs'), ...under('bench'), ...under('findings')].filter(
    (file) => file.endsWith('.md') && file !== 'API.md',
  );
}

/** Without what is shown as code, in which `](` and `#` mean something else. */
export function prose(text: string): string {
  return text.replaceAll(/^```[^]*?^```$/gm, '');
}

/** The anchors of a document as GitHub makes them: lower case, no punctuation, `-1` for a heading that is there twice. */
export function anchors(text: string): Set<string> {
  const counts = new Map<string, number>();
  const found = new Set<string>();
  for (const [, heading] of prose(text).matchAll(/^#{1,6} (.*)$/gm)) {
    const slug = heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replaceAll(' ', '-');
    const count = counts.get(slug) ?? 0;
    counts.set(slug, count + 1);
    found.add(count === 0 ? slug : `${slug}-${count}`);
  }
  for (const [, name] of text.matchAll(/<a (?:name|id)="([^"]+)"/g)) found.add(name);
  return found;
}
