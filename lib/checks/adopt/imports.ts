import { resourceKey } from '../../template/model/place';
import { API_PARTS } from '../../facts/replacement';
import { type PlainResource } from '../../template/reader/plain-resources';
import { type Move } from './move';
import { type Resources } from './resources';

const KINDS = [
  { type: 'AWS::ApiGateway::RestApi', property: 'RestApiId', parts: API_PARTS.rest },
  { type: 'AWS::ApiGatewayV2::Api', property: 'ApiId', parts: API_PARTS.v2 },
];

/** Whether an API is defined by a document. */
export const hasDocument = ({ properties }: PlainResource): boolean =>
  properties.Body !== undefined || properties.BodyS3Location !== undefined;

/**
 * APIs that change from resources to a document. CloudFormation imports the document first and deletes the resources afterwards;
 * in an import, API Gateway keeps the ids of paths that remain, so these deletions reach what was imported.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
 * @see https://github.com/localstack/localstack/blob/main/tests/aws/services/apigateway/test_apigateway_import.py
 */
export function importMoves(old: Resources, now: Resources, gone: ReadonlySet<string>): Move[] {
  return KINDS.flatMap(({ type, property, parts }) =>
    old.ofType(type).flatMap((before): Move[] => {
      const after = now.get(before);
      if (!after || gone.has(resourceKey(before)) || after.type !== type || hasDocument(before) || !hasDocument(after))
        return [];
      const deleted = old.referring(before, property, ...parts).filter((one) => !one.isRetained && !now.get(one));
      if (deleted.length === 0) return [];
      const { template, logicalId } = before;
      const names = deleted.slice(0, 3).map((one) => one.logicalId);
      const more = deleted.length > names.length ? ` and ${deleted.length - names.length} more` : '';
      return [
        {
          kind: 'lost',
          template,
          logicalId,
          type,
          what: `after the import of the Body, CloudFormation deletes ${names.join(', ')}${more}, whose ids are those of imported routes`,
          consequence:
            type === KINDS[0].type
              ? 'the API loses its routes; stages serve them until the next deployment of the API'
              : 'the API may lose its routes at once, if a stage deploys automatically',
          instead: 'deploy the old template with DeletionPolicy: Retain on these resources first',
        },
      ];
    }),
  );
}
