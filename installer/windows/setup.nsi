; Setup for 64-bit Windows. Made by build.sh, which says where the programs are (PROGRAMS), the version (VERSION), the file to
; write (OUT), and with SIGN what signs the uninstaller. The switches of a silent setup are in installer/README.md.
Unicode true
Target amd64-unicode
!ifdef QUICKLY
SetCompress off
!else
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
!define APPROVED_RUN "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
!define SERVICE "SYSTEM\CurrentControlSet\Services\inSyncConnector"
!define CLIENT "Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}"
!define WEBVIEW_PAGE "https://developer.microsoft.com/microsoft-edge/webview2/"
; Exit codes besides 0 and NSIS' own 1 (cancelled) and 2 (aborted).
!define NEWER_INSTALLED 3
!define FAILED 4
!define REGISTER_FAILED 5
!define WRONG_SWITCH 6

Name "${NAME} ${VERSION}"
OutFile "${OUT}"
InstallDir "$PROGRAMFILES64\${NAME}"
!ifdef SIGN
!uninstfinalize '"${SIGN}" "%1"' = 0
!endif
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "${NAME}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileDescription "${NAME} setup"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey LegalCopyright "Apache-2.0"

Var Before  ; version that is there, or nothing
Var Folder  ; where it is, also one that did not come to its end
Var Service ; its service, or nothing
Var Mode    ; service, logon or hand
Var Cloud
Var KeyFile
Var CaFile
Var Taken
Var Broken  ; what could not be replaced, or nothing
Var Purge
Var Choice1
Var Choice2
Var Choice3
Var Code
Var Said
Var Log

!include wizard.nsh
!include texts.nsh

!macro Refuse TEXT CODE
  MessageBox MB_OK|MB_ICONSTOP "${TEXT}" /SD IDOK
  SetErrorLevel ${CODE}
  Quit
!macroend

; The path of a file before the working folder changes; it stays as it is where it leads to nothing.
!macro Absolute PATH
  ${If} ${PATH} != ""
    GetFullPathName $1 "${PATH}"
    ${If} $1 != ""
      StrCpy ${PATH} $1
    ${EndIf}
  ${EndIf}
!macroend

Function .onInit
  SetRegView 64
  SetShellVarContext all
  ReadRegStr $Before HKLM "${KEY}" "DisplayVersion"
  ReadRegStr $Folder HKLM "${KEY}" "InstallLocation"
  ReadRegStr $Service HKLM "${SERVICE}" "ImagePath"
  ReadRegStr $Mode HKLM "${KEY}" "Mode"
  ; It may have been made by hand since.
  ${If} $Service != ""
  ${OrIf} $Mode == ""
    StrCpy $Mode "service"
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/MODE=" $1
  ${IfNot} ${Errors}
    StrCpy $Mode $1
  ${EndIf}
  ${GetOptions} $0 "/CLOUD=" $Cloud
  ${GetOptions} $0 "/KEYFILE=" $KeyFile
  ${GetOptions} $0 "/CA=" $CaFile
  !insertmacro Absolute $KeyFile
  !insertmacro Absolute $CaFile
  ${If} $Mode != "service"
  ${AndIf} $Mode != "logon"
  ${AndIf} $Mode != "hand"
    !insertmacro Refuse "$(wrong_mode)" ${WRONG_SWITCH}
  ${EndIf}
  ${If} $Cloud != ""
    ${IfNot} ${FileExists} "$KeyFile"
      !insertmacro Refuse "$(no_key)" ${WRONG_SWITCH}
    ${EndIf}
    ${If} $Mode != "service"
      !insertmacro Refuse "$(only_service)" ${WRONG_SWITCH}
    ${EndIf}
  ${EndIf}
  ${If} $CaFile != ""
  ${AndIfNot} ${FileExists} "$CaFile"
    !insertmacro Refuse "$(no_ca)" ${WRONG_SWITCH}
  ${EndIf}
  ${If} $Before != ""
    ${VersionCompare} "${VERSION}" "$Before" $1
    ${If} $1 == 2
      !insertmacro Refuse "$(newer)" ${NEWER_INSTALLED}
    ${EndIf}
  ${EndIf}
  ${If} $Folder != ""
    StrCpy $INSTDIR $Folder
  ${EndIf}
  Call SayWelcome
  ${If} ${Silent}
    Call LookAtFolder
    ${If} $Taken != ""
      !insertmacro Refuse "$(folder_taken)" ${WRONG_SWITCH}
    ${EndIf}
  ${EndIf}
FunctionEnd

; What is in $INSTDIR that is not ours, in $Taken. What an uninstaller had to leave to the next start of Windows may be.
Function LookAtFolder
  StrCpy $Taken ""
  ${If} $Folder != ""
    Return
  ${EndIf}
  ClearErrors
  FindFirst $0 $1 "$INSTDIR\*"
  ${Unless} ${Errors}
    ${Do}
      StrCpy $2 $1 "" -8
      ${If} $1 != "."
      ${AndIf} $1 != ".."
      ${AndIf} $2 != ".tmp.old"
        StrCpy $Taken $1
      ${EndIf}
      FindNext $0 $1
    ${LoopUntil} ${Errors}
    FindClose $0
  ${EndUnless}
FunctionEnd

!include programs.nsh

; Says above the progress what is done now; what programs say is in the list of details only.
!macro Step TEXT
  SetDetailsPrint both
  DetailPrint "${TEXT}"
  SetDetailsPrint listonly
!macroend

; Says on the page why it stops and what to do, and stops.
!macro Stop TEXT
  StrCpy $Said "${TEXT}"
  Call ShowFailure
  SetErrorLevel ${FAILED}
  Abort
!macroend

Section
  ; Made anew: whoever made an empty one may have kept rights in it.
  ${If} $Folder == ""
    RMDir "$INSTDIR"
  ${EndIf}
  !insertmacro Step "$(copying)"
  SetOutPath "$INSTDIR"
  Call Protect
  ${If} $Code != 0
    ${If} $Folder == ""
      Call GoAway
    ${EndIf}
    !insertmacro Stop "$(no_rights)"
  ${EndIf}
  ; An installation that does not come to its end is found by the next one.
  WriteRegStr HKLM "${KEY}" "InstallLocation" "$INSTDIR"
  SetOverwrite try
  StrCpy $Broken ""
  !insertmacro Bring "${CONNECTOR}"
  !insertmacro Bring "${WINDOW}"
  !insertmacro Bring "${LOADER}"
  ${If} $Broken != ""
    ${If} $Before == ""
      Call GoAway
    ${Else}
      !insertmacro Unbring "${CONNECTOR}"
      !insertmacro Unbring "${WINDOW}"
      !insertmacro Unbring "${LOADER}"
    ${EndIf}
    !insertmacro Stop "$(no_file)"
  ${EndIf}

  ${If} ${FileExists} "$INSTDIR\${CONNECTOR}"
    !insertmacro Step "$(stopping)"
    !insertmacro Connector 'service stop'
  ${EndIf}
  !insertmacro Replace "${CONNECTOR}"
  !insertmacro Replace "${WINDOW}"
  !insertmacro Replace "${LOADER}"
  ${If} $Broken != ""
    DetailPrint "$(no_file)"
    ${If} $Before == ""
      Call GoAway
      StrCpy $Said "$(no_file)"
    ${Else}
      Call GoBack
    ${EndIf}
    !insertmacro Stop "$Said"
  ${EndIf}

  ${If} $Mode == "service"
    !insertmacro Step "$(starting)"
    !insertmacro Connector 'service install'
  ${Else}
    !insertmacro Connector 'service uninstall'
  ${EndIf}
  ${If} $Code != 0
    ${If} ${FileExists} "$INSTDIR\${CONNECTOR}.old"
      Call GoBack
      !insertmacro Stop "$Said"
    ${EndIf}
    SetErrorLevel ${FAILED}
    StrCpy $Trouble "$(service_failed)"
    DetailPrint "$Trouble"
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
    !insertmacro Step "$(registering)"
    StrCpy $1 ""
    ${If} $CaFile != ""
      StrCpy $1 '--ca "$CaFile"'
    ${EndIf}
    !insertmacro Connector 'register --cloud "$Cloud" --key-file "$KeyFile" $1'
    ${If} $Code != 0
      StrCpy $Trouble "$(register_failed)"
      DetailPrint "$Trouble"
      SetErrorLevel ${REGISTER_FAILED}
    ${EndIf}
  ${EndIf}
SectionEnd

!include uninstall.nsh
