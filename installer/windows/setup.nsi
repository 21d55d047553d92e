; Setup for 64-bit Windows. Made by build.sh, which says where the programs are (PROGRAMS), the version (VERSION) and the file
; to write (OUT). Switches of a silent setup are in the README.
Unicode true
Target amd64-unicode
!ifndef QUICKLY
SetCompressor /SOLID lzma
; Both programs have the same engine inside: it is packed once if it is seen twice.
SetCompressorDictSize 64
!endif
ManifestDPIAware true
RequestExecutionLevel admin
!include MUI2.nsh
!include nsDialogs.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include WordFunc.nsh

!define NAME "inSync Connector"
!define CONNECTOR "insync-connector.exe"
!define WINDOW "insync-connector-desktop.exe"
!define LOADER "WebView2Loader.dll"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\inSyncConnector"
!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"
!define WEBVIEW "SOFTWARE\WOW6432Node\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}"
!define WEBVIEW_PAGE "https://developer.microsoft.com/microsoft-edge/webview2/"
; Exit codes besides 0 and NSIS' own 1 (cancelled) and 2 (aborted).
!define NEWER_INSTALLED 3
!define SERVICE_FAILED 4
!define REGISTER_FAILED 5
!define WRONG_SWITCH 6

Name "${NAME} ${VERSION}"
OutFile "${OUT}"
InstallDir "$PROGRAMFILES64\${NAME}"
InstallDirRegKey HKLM "${KEY}" "InstallLocation"
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "${NAME}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileDescription "${NAME} setup"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey LegalCopyright "Apache-2.0"

Var Before ; version that is there, or nothing
Var Mode   ; service, logon or hand
Var Cloud
Var KeyFile
Var CaFile
Var Purge
Var Choice1
Var Choice2
Var Choice3
Var Code
Var Said
Var Log

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TEXT "$(welcome)"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${WINDOW}"
!define MUI_FINISHPAGE_RUN_TEXT "$(launch)"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
Page custom ShowMode LeaveMode
!insertmacro MUI_PAGE_INSTFILES
!define MUI_PAGE_CUSTOMFUNCTION_SHOW ShowFinish
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English
!insertmacro MUI_LANGUAGE German
!include texts.nsh

Function .onInit
  SetRegView 64
  SetShellVarContext all
  ReadRegStr $Before HKLM "${KEY}" "DisplayVersion"
  ReadRegStr $Mode HKLM "${KEY}" "Mode"
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/MODE=" $1
  ${IfNot} ${Errors}
    StrCpy $Mode $1
  ${EndIf}
  ${If} $Mode == ""
    StrCpy $Mode "service"
  ${EndIf}
  ${GetOptions} $0 "/CLOUD=" $Cloud
  ${GetOptions} $0 "/KEYFILE=" $KeyFile
  ${GetOptions} $0 "/CA=" $CaFile
  ${If} $Mode != "service"
  ${AndIf} $Mode != "logon"
  ${AndIf} $Mode != "hand"
    MessageBox MB_OK|MB_ICONSTOP "$(wrong_mode)" /SD IDOK
    SetErrorLevel ${WRONG_SWITCH}
    Quit
  ${EndIf}
  ${If} $Cloud != ""
  ${AndIfNot} ${FileExists} "$KeyFile"
    MessageBox MB_OK|MB_ICONSTOP "$(no_key)" /SD IDOK
    SetErrorLevel ${WRONG_SWITCH}
    Quit
  ${EndIf}
  ${If} $Before != ""
    ${VersionCompare} "${VERSION}" "$Before" $1
    ${If} $1 == 2
      MessageBox MB_OK|MB_ICONSTOP "$(newer)" /SD IDOK
      SetErrorLevel ${NEWER_INSTALLED}
      Quit
    ${EndIf}
  ${EndIf}
FunctionEnd

Function ShowMode
  !insertmacro MUI_HEADER_TEXT "$(mode_title)" "$(mode_subtitle)"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateRadioButton} 0 0 100% 12u "$(mode_service)"
  Pop $Choice1
  ${NSD_CreateLabel} 12u 13u 95% 20u "$(mode_service_text)"
  Pop $0
  ${NSD_CreateRadioButton} 0 38u 100% 12u "$(mode_logon)"
  Pop $Choice2
  ${NSD_CreateLabel} 12u 51u 95% 20u "$(mode_logon_text)"
  Pop $0
  ${NSD_CreateRadioButton} 0 76u 100% 12u "$(mode_hand)"
  Pop $Choice3
  ${NSD_CreateLabel} 0 100u 100% 30u "$(network)"
  Pop $0
  ${If} $Mode == "service"
    ${NSD_Check} $Choice1
  ${ElseIf} $Mode == "logon"
    ${NSD_Check} $Choice2
  ${Else}
    ${NSD_Check} $Choice3
  ${EndIf}
  nsDialogs::Show
FunctionEnd

Function LeaveMode
  StrCpy $Mode "hand"
  ${NSD_GetState} $Choice1 $0
  ${If} $0 == ${BST_CHECKED}
    StrCpy $Mode "service"
  ${EndIf}
  ${NSD_GetState} $Choice2 $0
  ${If} $0 == ${BST_CHECKED}
    StrCpy $Mode "logon"
  ${EndIf}
FunctionEnd

; The window is drawn by WebView2, which current Windows brings along; the service and the command line do without.
Function ShowFinish
  Call HasWebView
  ${If} $0 == ""
    ${NSD_Uncheck} $mui.FinishPage.Run
    MessageBox MB_YESNO|MB_ICONQUESTION "$(webview)" /SD IDNO IDNO +2
    ExecShell open "${WEBVIEW_PAGE}"
  ${EndIf}
FunctionEnd

; Its version in $0, or nothing.
Function HasWebView
  SetRegView 64
  ReadRegStr $0 HKLM "${WEBVIEW}" "pv"
  ${If} $0 == ""
    ReadRegStr $0 HKCU "Software\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}" "pv"
  ${EndIf}
FunctionEnd

; Runs the connector; its exit code in $Code. What it said is in the details, and in a file where nobody sees those.
!macro Connector ARGUMENTS
  nsExec::ExecToStack '"$INSTDIR\${CONNECTOR}" ${ARGUMENTS}'
  Pop $Code
  Pop $Said
  DetailPrint "$Said"
  ClearErrors
  FileOpen $Log "$INSTDIR\setup.log" a
  ${IfNot} ${Errors}
    FileSeek $Log 0 END
    FileWrite $Log `${VERSION}: insync-connector ${ARGUMENTS}: $Code$\r$\n$Said$\r$\n`
    FileClose $Log
  ${EndIf}
!macroend

; A program that runs can be renamed, not replaced. The earlier one stays beside the new one until that has shown that it runs.
!macro Replace FILE
  ${If} ${FileExists} "$INSTDIR\${FILE}"
    Delete "$INSTDIR\${FILE}.old"
    Rename "$INSTDIR\${FILE}" "$INSTDIR\${FILE}.old"
  ${EndIf}
  File "${PROGRAMS}\${FILE}"
!macroend

; What still runs of the earlier version goes at the next start of Windows.
!macro Forget FILE
  Delete /REBOOTOK "$INSTDIR\${FILE}.old"
!macroend

!macro Return FILE
  ${If} ${FileExists} "$INSTDIR\${FILE}.old"
    Delete /REBOOTOK "$INSTDIR\${FILE}.failed"
    Rename "$INSTDIR\${FILE}" "$INSTDIR\${FILE}.failed"
    Rename "$INSTDIR\${FILE}.old" "$INSTDIR\${FILE}"
    Delete /REBOOTOK "$INSTDIR\${FILE}.failed"
  ${EndIf}
!macroend

Section
  SetRegView 64
  SetShellVarContext all
  SetOutPath "$INSTDIR"
  ${If} ${FileExists} "$INSTDIR\${CONNECTOR}"
    DetailPrint "$(stopping)"
    !insertmacro Connector 'service stop'
  ${EndIf}
  !insertmacro Replace "${CONNECTOR}"
  !insertmacro Replace "${WINDOW}"
  !insertmacro Replace "${LOADER}"

  ${If} $Mode == "service"
    !insertmacro Connector 'service install'
  ${Else}
    !insertmacro Connector 'service uninstall'
  ${EndIf}
  ${If} $Code != 0
    SetErrorLevel ${SERVICE_FAILED}
    ${If} ${FileExists} "$INSTDIR\${CONNECTOR}.old"
      ; Back to what ran: its program finds its own settings again.
      !insertmacro Connector 'service stop'
      !insertmacro Return "${CONNECTOR}"
      !insertmacro Return "${WINDOW}"
      !insertmacro Return "${LOADER}"
      !insertmacro Connector 'service install'
      DetailPrint "$(came_back)"
      MessageBox MB_OK|MB_ICONEXCLAMATION "$(came_back)" /SD IDOK
      Abort
    ${EndIf}
    DetailPrint "$(service_failed)"
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(service_failed)" /SD IDOK
  ${EndIf}
  !insertmacro Forget "${CONNECTOR}"
  !insertmacro Forget "${WINDOW}"
  !insertmacro Forget "${LOADER}"

  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateDirectory "$SMPROGRAMS\${NAME}"
  CreateShortcut "$SMPROGRAMS\${NAME}\${NAME}.lnk" "$INSTDIR\${WINDOW}"
  WriteRegStr HKLM "${KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKLM "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKLM "${KEY}" "DisplayIcon" "$INSTDIR\${WINDOW}"
  WriteRegStr HKLM "${KEY}" "Publisher" "${NAME}"
  WriteRegStr HKLM "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKLM "${KEY}" "Mode" "$Mode"
  WriteRegStr HKLM "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKLM "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKLM "${KEY}" "NoModify" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKLM "${KEY}" "EstimatedSize" $0
  ${If} $Mode == "logon"
    WriteRegStr HKLM "${RUN}" "${NAME}" '"$INSTDIR\${WINDOW}" --hidden'
  ${Else}
    DeleteRegValue HKLM "${RUN}" "${NAME}"
  ${EndIf}

  ${If} $Code == 0
  ${AndIf} $Cloud != ""
    StrCpy $0 ""
    ${If} $CaFile != ""
      StrCpy $0 '--ca "$CaFile"'
    ${EndIf}
    !insertmacro Connector 'register --cloud "$Cloud" --key-file "$KeyFile" $0'
    ${If} $Code != 0
      DetailPrint "$(register_failed)"
      SetErrorLevel ${REGISTER_FAILED}
    ${EndIf}
  ${EndIf}
SectionEnd

Function un.onInit
  SetRegView 64
  SetShellVarContext all
  StrCpy $Purge "no"
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/PURGE" $1
  ${IfNot} ${Errors}
    StrCpy $Purge "yes"
  ${EndIf}
  ${IfNot} ${Silent}
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON1 "$(keep)" IDYES kept
    StrCpy $Purge "yes"
    kept:
  ${EndIf}
FunctionEnd

Section Uninstall
  SetRegView 64
  SetShellVarContext all
  ${If} $Purge == "yes"
    ; Only the service can remove what is in its own keychain.
    nsExec::ExecToLog '"$INSTDIR\${CONNECTOR}" purge --yes'
    Pop $Code
  ${EndIf}
  nsExec::ExecToLog '"$INSTDIR\${CONNECTOR}" service uninstall'
  Pop $Code
  ${If} $Purge == "yes"
    ReadEnvStr $0 ProgramData
    RMDir /r "$0\${NAME}"
    RMDir /r "$LOCALAPPDATA\${NAME}"
    SetShellVarContext current
    RMDir /r "$LOCALAPPDATA\${NAME}"
    SetShellVarContext all
  ${EndIf}
  Delete /REBOOTOK "$INSTDIR\${CONNECTOR}"
  Delete /REBOOTOK "$INSTDIR\${WINDOW}"
  Delete /REBOOTOK "$INSTDIR\${LOADER}"
  Delete "$INSTDIR\*.old"
  Delete "$INSTDIR\setup.log"
  Delete "$INSTDIR\update-pending.json"
  RMDir /r "$INSTDIR\update"
  Delete "$SMPROGRAMS\${NAME}\${NAME}.lnk"
  RMDir "$SMPROGRAMS\${NAME}"
  DeleteRegValue HKLM "${RUN}" "${NAME}"
  DeleteRegKey HKLM "${KEY}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
SectionEnd
