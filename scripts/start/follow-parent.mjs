// Preloaded into the server and the demo: the process that started them holds the other end of a channel. When that
// process is gone, however it went, they end as they would at its signal.
if (process.channel) {
  process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel.unref();
}
