#!/bin/sh
# Measures the stream enricher in memory, then deployed in a local cloud of its own. Needs Maven, and what make run installs.
set -eu
cd "$(dirname "$0")/../.."
mvn -B -ntp -q package -DskipTests dependency:build-classpath -Dmdep.outputFile=target/test-classpath
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
# The garbage collector and the heap that Lambda gives to a function with 1,024 MB. With SnapStart, both compilers work.
# No dead wood is allowed after a full collection, so that what is left is what lives.
"$java" -XX:+UseSerialGC -Xmx870m -XX:MarkSweepDeadRatio=0 \
  -cp "stream-enricher/target/classes:stream-enricher/target/test-classes:$(cat stream-enricher/target/test-classpath)" \
  dev.printshop.parcels.StreamBenchmark
cd system-tests
exec "$java" -cp "target/test-classes:$(cat target/test-classpath)" \
  dev.printshop.benchmark.DeployedStreamBenchmark
