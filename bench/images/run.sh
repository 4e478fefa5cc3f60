#!/bin/sh
# Times the image engine beside sharp. Needs the reactor built (mvn package), Maven, Node.js and npm.
set -eu
cd "$(dirname "$0")"
npm ci --no-audit --no-fund --silent
root=../..
mvn -B -ntp -q -f $root/pom.xml -pl image-resizer -am package -DskipTests
# The memory and the garbage collector that Lambda gives to a function with one CPU.
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:+UseSerialGC -Xmx1400m -Djava.awt.headless=true \
  -cp "$root/image-resizer/target/classes:$root/image-resizer/target/test-classes:$root/image-resizer/target/lib/*" \
  dev.printshop.photos.resizing.imaging.ImageBenchmark .
