@echo off
rem Klik dua kali: menyiapkan semuanya sekali saja, lalu membuat laporan.
rem Dari Command Prompt: laporan.bat KANTOR PERIODE, misalnya laporan.bat contoh 2025-Q4
setlocal
chcp 65001 >nul
set PYTHONUTF8=1
where py >nul 2>nul
if not errorlevel 1 (
  py -3 "%~dp0run.py" report %*
  goto selesai
)
python -c "" >nul 2>nul
if not errorlevel 1 (
  python "%~dp0run.py" report %*
  goto selesai
)
echo Python belum terpasang: pasang Python 3.11 atau lebih baru, 64-bit, lalu klik lagi.
echo Python is not installed: install Python 3.11 or newer, 64-bit, then click again.
:selesai
echo.
pause
