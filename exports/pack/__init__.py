"""The pack of a meeting: the report as a document and for the archive, the workbook, and the data with all that is needed to check them."""
