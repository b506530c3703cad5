import { resourceKey } from '../model/place';
import { expandArn } from '../reader/arn';
import { type LogGroup } from '../model/model';
import { Node } from '../reader/node';
import { type App } from '../reader/scope';

const LOG_GROUP = 'AWS::Logs::LogGroup';
/** CDK's construct for a log group that a service creates. */
const LOG_RETENTION = 'Custom::LogRetention';

/** The log groups of the app, and which of them a destination ARN names. */
export class LogGroups {
  public readonly all: LogGroup[] = [];
  private readonly byKey = new Map<string, LogGroup>();
  private readonly byName = new Map<string, LogGroup[]>();

  constructor(private readonly app: App) {
    for (const { scope, logicalId } of app.ofType(LOG_GROUP)) {
      const node = Node.properties(scope, logicalId);
      const name = node.get('LogGroupName');
      const group: LogGroup = {
        location: node.location,
        name: name.text(),
        retentionInDays: node.get('RetentionInDays').number(),
        kmsKeyId: node.get('KmsKeyId').text(),
      };
      this.all.push(group);
      this.byKey.set(resourceKey(node.ref), group);
      const literal = name.string();
      if (typeof literal === 'string') {
        this.byName.set(literal, [...(this.byName.get(literal) ?? []), group]);
      }
    }
    for (const { scope, logicalId } of app.ofType(LOG_RETENTION)) {
      const node = Node.properties(scope, logicalId);
      this.all.push({
        location: node.location,
        name: node.get('LogGroupName').text(),
        retentionInDays: node.get('RetentionInDays').number(),
      });
    }
  }

  public ofDestination(destination: Node): LogGroup | undefined {
    const parts = (destination.parts() ?? []).flatMap((part) => expandArn(part, (ref) => this.app.typeOf(ref)));
    let afterPrefix = false;
    for (const [index, part] of parts.entries()) {
      if (typeof part !== 'string') {
        if (afterPrefix) {
          return this.byKey.get(resourceKey(part));
        }
        continue;
      }
      const prefix = part.lastIndexOf(':log-group:');
      afterPrefix = prefix >= 0 && part.endsWith(':log-group:');
      if (prefix >= 0 && !afterPrefix && index === parts.length - 1) {
        const name = part.slice(prefix + ':log-group:'.length).replace(/:\*$/, '');
        const found = this.byName.get(name) ?? [];
        return found.length === 1 ? found[0] : undefined;
      }
    }
    return undefined;
  }
}
