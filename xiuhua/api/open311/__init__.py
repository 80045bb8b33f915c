"""Citizens' reports by Open311 GeoReport v2 (http://wiki.open311.org/GeoReport_v2), in XML and JSON.

What is told to whom:
- Anybody may read that a report exists: its service, the name of the subdistrict or town, the point rounded to about a
  hundred metres, open or closed, the sentence for the public, and times. No words of the report, no exact place, no
  picture, no name of anybody; a service_request_id alone opens no more than that.
- The key that posted a report reads back what it posted, except who reported: that leaves by no door (SHUM §26).
- Nothing else is here: no findings of officers, no cases, no party.
Doors of this face: discovery, services, requests, tokens, servicerequestupdates.
"""
