def draw(report): return None
