"""The worker: takes the jobs that pages ask for, one after the other, in a process of its own."""
