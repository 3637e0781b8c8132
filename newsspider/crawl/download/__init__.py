"""Between a request and its answer: who may be asked, how patiently, and what is taken."""
