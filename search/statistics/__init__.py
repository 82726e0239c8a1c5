"""What people search for, counted per day: no address, time, cookie or person."""
