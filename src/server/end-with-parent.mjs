// Loaded before a child's own program: the child goes when its parent is gone, even by kill -9.
process.once('disconnect', () => process.exit());
// Listening alone keeps no process alive.
process.channel?.unref();
