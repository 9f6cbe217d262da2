"""Geographical indications: kept, codes issued below the ceilings, checked by the public, fakes reported."""
