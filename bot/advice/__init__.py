"""Compare, recommend, relax and unlock: pure functions over the catalog.

index = OfferIndex(catalog)                  # once a revision of the catalog
recommend(index, Query(min_vram_gib=12))     # what fits, in order; else what to give up
unlock(index, Query(phone=False))            # the one thing that opens the most work per week
"""
