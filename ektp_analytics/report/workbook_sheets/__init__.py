"""The sheets of the workbook, one module per sheet."""
