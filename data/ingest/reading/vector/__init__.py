"""Vector files of maps in, records out: GeoJSON, KML, KMZ and zipped shapefiles."""
