/**
 * The equivalent of Lambda's own poller between a stream and a function, for the local cloud: the emulator's does not
 * support partial answers, bisecting, limits of retries and age, failure destinations and tumbling windows.
 *
 * <p>The rules are independent of AWS types, threads and clocks: {@link dev.printshop.local.streams.ShardProgress}
 * determines the next step for a shard's records, {@link dev.printshop.local.streams.Outcome} its result, and {@link
 * dev.printshop.local.streams.ShardLineage} when the children of a split shard may be read. {@link
 * dev.printshop.local.streams.StreamPoller} reads, invokes, and stores the position.
 *
 * <p>The semantics are those of the Lambda developer guide:
 *
 * <ul>
 *   <li><a href="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html">the settings and their
 *       defaults</a>
 *   <li><a href="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html">partial
 *       answers, and bisecting with them</a>
 *   <li><a href="https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html">retries, age, and
 *       what a failure destination gets</a>
 *   <li><a href="https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html">tumbling windows</a>
 *   <li><a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html">filters</a>
 *   <li><a href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html">the same for DynamoDB
 *       streams</a>
 * </ul>
 *
 * <p>Where the guide does not specify the behaviour, the choice is documented at the rule.
 */
@NullMarked
package dev.printshop.local.streams;

import org.jspecify.annotations.NullMarked;
