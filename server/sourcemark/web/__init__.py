"""The service: the door, the API, the reading room, the workshop's pages, and a service for others."""
