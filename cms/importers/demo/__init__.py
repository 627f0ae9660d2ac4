"""The demo city: reads `cms/demo_city/` (format: its README) and builds it. A second run changes nothing."""
