"""What the project can show without anybody's photos: a campaign, a brand, scenes drawn by itself."""
