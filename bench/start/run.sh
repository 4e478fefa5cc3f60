#!/bin/sh
# Measures the start of each function of the built application. Needs what make build leaves, and Linux: the native part of
# AWS's runtime interface client exists for it only.
set -eu
cd "$(dirname "$0")/../.."
mvn -B -ntp -q ${MAVEN_ARGS:-} package -DskipTests dependency:build-classpath -Dmdep.outputFile=target/test-classpath
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
cd system-tests
# Without nodelay, the server's answers wait up to 40 ms for the client's acknowledgement.
exec "$java" -Dsun.net.httpserver.nodelay=true -cp "target/test-classes:$(cat target/test-classpath)" \
  dev.printshop.benchmark.StartBenchmark
