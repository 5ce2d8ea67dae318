/* Preloaded: nothing waits for the disk, as with SQLite's `synchronous=OFF`. To tell what durability costs. */
int fsync(int descriptor) { return (void)descriptor, 0; }
int fdatasync(int descriptor) { return (void)descriptor, 0; }
