import { type CfnResource } from 'aws-cdk-lib';
import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { METRIC_NAMESPACE } from '../facts/metrics';
import { type Owner } from '../authoring/errors';
import { stageOf } from '../stages/stage-names';

/** The source of the metrics of a gateway of any kind. */
export interface GatewayMetricsSource {
  readonly api: CfnResource;
  readonly owner: Owner;
  readonly stages: Readonly<
    Record<string, { readonly definition: { readonly metrics: boolean }; readonly resource: { readonly ref: string } }>
  >;
}

/** The scope of a metric: the API, a stage, or a route of it. */
export interface MetricsPlace {
  readonly dimensions: Readonly<Record<string, string>>;
  readonly stageKey?: string;
}

/**
 * The common metrics of all kinds.
 * @internal
 */
export abstract class GatewayMetrics {
  protected constructor(
    /** @internal */
    protected readonly _from: GatewayMetricsSource,
    /** @internal */
    protected readonly _place: MetricsPlace,
  ) {}

  /**
   * A metric by its name in CloudWatch.
   *
   * @param metricName e.g. `Count`, or `MessageCount` of a WebSocket API
   * @param props statistic, period and the like
   */
  public metric(metricName: string, props?: MetricOptions): Metric {
    return new Metric({
      namespace: METRIC_NAMESPACE,
      metricName,
      dimensionsMap: { ...this._place.dimensions },
      ...props,
    }).attachTo(this._from.api);
  }

  /**
   * Latency of the back end in milliseconds.
   *
   * @param props statistic (average by default), period and the like
   */
  public metricIntegrationLatency(props?: MetricOptions): Metric {
    return this.metric('IntegrationLatency', { statistic: 'Average', ...props });
  }

  /** @internal */
  protected _stage(name: string): MetricsPlace {
    const { stages, owner } = this._from;
    return { dimensions: { ...this._ofApi(), Stage: stageOf(stages, name, owner).resource.ref }, stageKey: name };
  }

  /**
   * @throws if no stage was named, or it has no metrics of routes
   * @internal
   */
  protected _route(key: string, method: string, resource: string): MetricsPlace {
    const { owner, stages } = this._from;
    const { stageKey, dimensions } = this._place;
    if (stageKey === undefined) {
      throw owner.error(
        `metrics of a route exist for each stage; write metrics.stage('${Object.keys(stages)[0]}').route('${key}')`,
      );
    }
    if (!stages[stageKey].definition.metrics) {
      throw owner.error(
        `stage "${stageKey}" has no metrics of routes, because its detailedMetrics is false; leave that out`,
      );
    }
    const { Stage } = dimensions;
    return { dimensions: { ...this._ofApi(), Stage, Method: method, Resource: resource }, stageKey };
  }

  private _ofApi(): Record<string, string> {
    const { ApiName, ApiId } = this._place.dimensions;
    return ApiName === undefined ? { ApiId } : { ApiName };
  }
}
