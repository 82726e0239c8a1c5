"""The admin with many houses: queries and times of what people open every day."""
