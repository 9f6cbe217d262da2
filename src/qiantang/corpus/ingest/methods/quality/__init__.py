"""The quality of what a load read: fill rates, findings of the rules DQ-01 to DQ-12, outliers, drift against the load before."""
