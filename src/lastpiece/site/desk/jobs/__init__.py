"""Work that runs beside the pages: taking reports from the spool."""
