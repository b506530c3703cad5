import { type ApiModel } from '../../lib/template/model/model';
import { type TemplateSource } from '../../lib/template/reader/source';
import { nameOf } from './api-names';
import { type Note } from './note';
import { unjudged } from './seen-in-part';

/** What a report does not cover: files, APIs and stacks that are elsewhere, and rules that did not run. */
export function notesOf(
  model: ApiModel,
  sources: readonly TemplateSource[],
  options: { readonly unread?: readonly string[]; readonly rules: readonly string[]; readonly framework?: string },
): Note[] {
  const { unread = [], rules, framework } = options;
  return [
    ...unread.map((what) => ({ what, reason: 'the file was not read' })),
    ...[...model.restApis, ...model.httpApis].flatMap((api) =>
      api.form === 'opaque'
        ? [
            {
              what: `the routes of ${nameOf(api)} (${api.location.template})`,
              reason: 'their definition is not available: it is in S3, made by a transform, or a reference',
            },
          ]
        : [],
    ),
    ...unjudged(model),
    ...sources.flatMap((source) => stacksElsewhere(source, sources)),
    ...(rules.length > 0 ? [{ what: `all rules but ${rules.join(', ')}`, reason: '--rule' }] : []),
    ...(framework !== undefined ? [{ what: `rules that ${framework} lacks`, reason: '--framework' }] : []),
  ];
}

const NESTED: Readonly<Record<string, string>> = {
  'AWS::CloudFormation::Stack': 'nested stack',
  'AWS::Serverless::Application': 'application',
};

/** Nested stacks whose templates are not among the files. */
function stacksElsewhere({ file, template }: TemplateSource, sources: readonly TemplateSource[]): Note[] {
  return Object.entries(template.Resources ?? {}).flatMap(([logicalId, body]) => {
    const kind = typeof body?.Type === 'string' && Object.hasOwn(NESTED, body.Type) ? NESTED[body.Type] : undefined;
    const isRead = sources.some(({ parent }) => parent?.file === file && parent.logicalId === logicalId);
    return kind === undefined || isRead
      ? []
      : [{ what: `${kind} ${logicalId} (${file})`, reason: 'its template is elsewhere' }];
  });
}
