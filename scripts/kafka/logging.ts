import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const pattern = "%d{ISO8601} %p %m (%c)%n";

/** Log4j 1 (by reload4j) is what Kafka 3.9 logs with, Log4j 2 from 4.0 on. Loggers are named so that the broker tells some. */
const configs = {
  older: `log4j.rootLogger=WARN, out
log4j.appender.out=org.apache.log4j.ConsoleAppender
log4j.appender.out.target=System.err
log4j.appender.out.layout=org.apache.log4j.PatternLayout
log4j.appender.out.layout.ConversionPattern=${pattern}
log4j.logger.kafka=WARN
log4j.logger.kafka.controller=WARN
log4j.logger.kafka.request.logger=WARN
log4j.logger.org.apache.kafka=WARN
`,
  newer: `rootLogger.level=warn
rootLogger.appenderRef.out.ref=out
appender.out.type=Console
appender.out.name=out
appender.out.target=SYSTEM_ERR
appender.out.layout.type=PatternLayout
appender.out.layout.pattern=${pattern}
logger.kafka.name=kafka
logger.kafka.level=warn
logger.request.name=kafka.request.logger
logger.request.level=warn
logger.controller.name=org.apache.kafka.controller
logger.controller.level=warn
logger.apache.name=org.apache.kafka
logger.apache.level=warn
`,
};

/** Writes the logging configuration of a broker or a command and gives back the Java flags that name it; stdout stays clean. */
export function loggingFlags(directory: string, version: string): string[] {
  mkdirSync(directory, { recursive: true });
  const older = version.startsWith("3.");
  const file = join(directory, older ? "log4j.properties" : "log4j2.properties");
  writeFileSync(file, older ? configs.older : configs.newer);
  return older ? [`-Dlog4j.configuration=file:${file}`] : [`-Dlog4j2.configurationFile=${file}`];
}
