"""Background work: periodic jobs, the mail queue, renditions, tasks after commit."""
