"""Who may do what, and when: the table (`expected`), the things (`things*`), how a cell is tried."""
