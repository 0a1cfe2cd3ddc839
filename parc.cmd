@echo off
rem Runs PARC on a desk from its sources, for the command prompt: parc.ps1 beside it does it. In names beyond ASCII after chcp 65001.
setlocal
set "PARC_SHELL=powershell"
where pwsh >nul 2>nul && set "PARC_SHELL=pwsh"
%PARC_SHELL% -NoLogo -NoProfile -ExecutionPolicy Bypass -File "%~dp0parc.ps1" %*
exit /b %ERRORLEVEL%
