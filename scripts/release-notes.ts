// What a release must agree on before it is published, and what its notes are.

export interface Release {
  /** The tag, e.g. `v1.2.0`. */
  readonly tag: string;
  /** `version` of package.json, and of package-lock.json. */
  readonly version: string;
  readonly lockVersion: string;
  readonly changelog: string;
}

/** Keep a Changelog writes `## [1.2.0] - 2026-11-30`; the brackets may be missing. */
const HEADING = /^## \[?([^\]\s]+)\]?(?: - (\d{4}-\d{2}-\d{2}))?$/;

/** The section of the CHANGELOG for the tag; throws with all that does not agree. */
export function releaseNotes({ tag, version, lockVersion, changelog }: Release): string {
  const sections = new Map<string, { date?: string; lines: string[] }>();
  let lines: string[] = [];
  for (const line of changelog.split(/\r?\n/)) {
    const [, name, date] = HEADING.exec(line) ?? [];
    if (name === undefined) lines.push(line);
    else sections.set(name, { date, lines: (lines = []) });
  }
  const section = sections.get(version);
  const text = section?.lines.join('\n').trim() ?? '';
  const left = sections.get('Unreleased')?.lines.some((line) => line.startsWith('- '));
  const wrong = [
    tag !== `v${version}` && `the tag is "${tag}", and package.json has version "${version}"; tag it "v${version}"`,
    lockVersion !== version && `package-lock.json has version "${lockVersion}"; run "npm install --package-lock-only"`,
    !section && `CHANGELOG.md has no "## [${version}] - <date>"; rename "## Unreleased", and add an empty one above it`,
    section && !section.date && `"${version}" has no date in CHANGELOG.md; write "## [${version}] - <YYYY-MM-DD>"`,
    section && text === '' && `"${version}" has no entries in CHANGELOG.md; say what users see`,
    section && left && `"Unreleased" still has entries in CHANGELOG.md; move them to "${version}"`,
  ].filter((message) => typeof message === 'string');
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  return `${text}\n`;
}
