import { releaseNotes } from '../../scripts/release-notes';

const CHANGELOG = `# Changelog

## Unreleased

## [1.2.0] - 2026-11-30

### Added

- A prop.

## 1.1.0 - 2026-10-01

- Another.
`;
const RELEASE = { tag: 'v1.2.0', version: '1.2.0', lockVersion: '1.2.0', changelog: CHANGELOG };

test('the notes of a release are its section of the CHANGELOG', () => {
  expect(releaseNotes(RELEASE)).toBe('### Added\n\n- A prop.\n');
  expect(releaseNotes({ ...RELEASE, tag: 'v1.1.0', version: '1.1.0', lockVersion: '1.1.0' })).toBe('- Another.\n');
  expect(releaseNotes({ ...RELEASE, changelog: CHANGELOG.replaceAll('\n', '\r\n') })).toBe('### Added\n\n- A prop.\n');
});

test.each([
  ['another tag', { tag: '1.2.0' }, 'the tag is "1.2.0", and package.json has version "1.2.0"; tag it "v1.2.0"'],
  ['another lock file', { lockVersion: '1.1.0' }, 'package-lock.json has version "1.1.0"'],
  ['no section', { changelog: '## Unreleased\n' }, 'CHANGELOG.md has no "## [1.2.0] - <date>"'],
  [
    'no date',
    { changelog: CHANGELOG.replace(' - 2026-11-30', '') },
    '"1.2.0" has no date in CHANGELOG.md; write "## [1.2.0] - <YYYY-MM-DD>"',
  ],
  ['no entries', { changelog: '## [1.2.0] - 2026-11-30\n\n## 1.1.0\n- A.' }, '"1.2.0" has no entries in CHANGELOG.md'],
  [
    'entries that were not moved',
    { changelog: CHANGELOG.replace('## Unreleased', '## Unreleased\n\n- Late.') },
    '"Unreleased" still has entries in CHANGELOG.md; move them to "1.2.0"',
  ],
])('%s stops the release', (_, change, message) => {
  expect(() => releaseNotes({ ...RELEASE, ...change })).toThrow(message);
});

test('all that is wrong is said at once', () => {
  const message = (() => {
    try {
      return releaseNotes({ ...RELEASE, tag: 'v2.0.0', lockVersion: '1.1.0' });
    } catch (error) {
      return (error as Error).message;
    }
  })();
  expect(message.split('\n')).toHaveLength(2);
});
