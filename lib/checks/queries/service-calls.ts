import { type AnyIntegration } from '../../template/model/model';
import { outline } from '../../template/model/text';

/** `arn:<partition>:apigateway:<region>:<service>:action/…`, also with a host in front: `<bucket>.s3:path/…`. */
const SERVICE_URI = /^arn:[^:]*:apigateway:[^:]*:(?:[^:]*\.)?([a-z0-9-]+):(action|path)\/(.*)$/s;

function match(integration: AnyIntegration): RegExpExecArray | null {
  return SERVICE_URI.exec(outline(integration.uri));
}

/** The AWS service that the URI calls, e.g. `sqs`; undefined if it is unknown. */
export function serviceOf(integration: AnyIntegration): string | undefined {
  return match(integration)?.[1];
}

/** The action that the URI names, e.g. `StartSyncExecution`; undefined for a path. */
export function actionOf(integration: AnyIntegration): string | undefined {
  const found = match(integration);
  return found?.[2] === 'action' ? found[3] : undefined;
}
