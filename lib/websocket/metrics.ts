import { type CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { METRIC_NAMESPACE } from '../facts/metrics';
import { type Owner } from '../shared/errors';
import { suggest } from '../template/nearest';
import { findRoute } from './grants';
import { type RouteDefinition } from './route';
import { type StageResources } from './stage-resources';

/** What the metrics are of. */
export interface MetricsSource {
  readonly api: CfnApi;
  readonly owner: Owner;
  readonly routes: readonly RouteDefinition[];
  readonly stages: Readonly<Record<string, StageResources>>;
}

/**
 * Metrics of an API, of one of its stages, or of one route on a stage.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html
 */
export class WebSocketMetrics {
  /** @internal */
  public static _of(source: MetricsSource): WebSocketMetrics {
    return new WebSocketMetrics(source, { ApiId: source.api.ref });
  }

  private constructor(
    private readonly source: MetricsSource,
    private readonly dimensions: { readonly [name: string]: string },
    private readonly stageKey?: string,
  ) {}

  /**
   * The metrics of one stage.
   *
   * @param name key of the `stages` map
   */
  public stage(name: string): WebSocketMetrics {
    const { stages, owner } = this.source;
    const stage = stages[name];
    if (!stage) throw owner.error(`has no stage "${name}".${suggest(name, Object.keys(stages))}`);
    const { ApiId } = this.dimensions;
    return new WebSocketMetrics(this.source, { ApiId, Stage: stage.resource.ref }, name);
  }

  /**
   * The metrics of one route on the stage. They are there while the stage has `detailedMetrics`.
   *
   * @param key key of a route that is there already, e.g. `sendMessage`
   * @throws where no stage was named, or the stage has no detailed metrics
   */
  public route(key: string): WebSocketMetrics {
    const { owner, routes, stages } = this.source;
    const { route } = findRoute(key, routes, owner.part('metrics'));
    if (this.stageKey === undefined) {
      throw owner.error(
        `metrics of a route are kept for each stage; write metrics.stage('${Object.keys(stages)[0]}').route('${key}')`,
      );
    }
    if (!stages[this.stageKey].definition.metrics) {
      throw owner.error(
        `stage "${this.stageKey}" has no metrics of routes, since its detailedMetrics is false; leave that out`,
      );
    }
    const { ApiId, Stage } = this.dimensions;
    return new WebSocketMetrics(this.source, { ApiId, Stage, Route: route.key }, this.stageKey);
  }

  /**
   * A metric by its name in CloudWatch.
   *
   * @param metricName e.g. `MessageCount`
   * @param props statistic, period and the like
   */
  public metric(metricName: string, props?: MetricOptions): Metric {
    return new Metric({
      namespace: METRIC_NAMESPACE,
      metricName,
      dimensionsMap: { ...this.dimensions },
      ...props,
    }).attachTo(this.source.api);
  }

  /**
   * Clients that have connected.
   *
   * @param props statistic (sum by default), period and the like
   */
  public metricConnectCount(props?: MetricOptions): Metric {
    return this.metric('ConnectCount', { statistic: 'Sum', ...props });
  }

  /**
   * Messages, from clients and to them.
   *
   * @param props statistic (sum by default), period and the like
   */
  public metricMessageCount(props?: MetricOptions): Metric {
    return this.metric('MessageCount', { statistic: 'Sum', ...props });
  }

  /**
   * Requests that API Gateway has answered with a 4XX before any back-end was asked.
   *
   * @param props statistic (sum by default), period and the like
   */
  public metricClientError(props?: MetricOptions): Metric {
    return this.metric('ClientError', { statistic: 'Sum', ...props });
  }

  /**
   * Back-ends that could not be called.
   *
   * @param props statistic (sum by default), period and the like
   */
  public metricExecutionError(props?: MetricOptions): Metric {
    return this.metric('ExecutionError', { statistic: 'Sum', ...props });
  }

  /**
   * Answers of back-ends with a 4XX or 5XX status.
   *
   * @param props statistic (sum by default), period and the like
   */
  public metricIntegrationError(props?: MetricOptions): Metric {
    return this.metric('IntegrationError', { statistic: 'Sum', ...props });
  }

  /**
   * Milliseconds that the back-end takes.
   *
   * @param props statistic (average by default), period and the like
   */
  public metricIntegrationLatency(props?: MetricOptions): Metric {
    return this.metric('IntegrationLatency', { statistic: 'Average', ...props });
  }
}
