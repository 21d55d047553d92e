; The programs of an installation: brought, put in the place of those before, taken back.

; Says what a program said in the details, and in a file where nobody sees those.
Function Tell
  DetailPrint "$Said"
  ClearErrors
  FileOpen $Log "$INSTDIR\setup.log" a
  ${IfNot} ${Errors}
    FileSeek $Log 0 END
    FileWrite $Log "${VERSION}: $0: $Code$\r$\n$Said$\r$\n"
    FileClose $Log
  ${EndIf}
FunctionEnd

; Runs the connector; its exit code in $Code.
!macro Connector ARGUMENTS
  nsExec::ExecToStack '"$INSTDIR\${CONNECTOR}" ${ARGUMENTS}'
  Pop $Code
  Pop $Said
  StrCpy $0 `insync-connector ${ARGUMENTS}`
  Call Tell
!macroend

; Changes who may do what in the folder; the exit code in $Code.
!macro Rights ARGUMENTS
  nsExec::ExecToStack '"$SYSDIR\icacls.exe" "$INSTDIR" ${ARGUMENTS} /L /Q'
  Pop $Code
  Pop $Said
!macroend

; A folder outside of Program Files inherits that everybody may write, and a service of the system's own account runs from it.
Function Protect
  ${If} $Folder == ""
    !insertmacro Rights '/setowner *S-1-5-32-544 /T'
    !insertmacro Rights '/reset /T'
  ${EndIf}
  ; The system and administrators; users may read and start it.
  !insertmacro Rights '/inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F *S-1-5-32-545:(OI)(CI)RX'
FunctionEnd

; Takes a file away, also while it runs: under another name it goes now, or at the next start of Windows.
!macro Aside FILE
  GetTempFileName $0 "$INSTDIR"
  Delete "$0"
  Rename "$INSTDIR\${FILE}" "$0.old"
  Delete /REBOOTOK "$0.old"
!macroend

; What still runs of the earlier version goes at the next start of Windows.
!macro Forget FILE
  ${If} ${FileExists} "$INSTDIR\${FILE}.old"
    !insertmacro Aside "${FILE}.old"
  ${EndIf}
!macroend

; Lays a file beside the one that it will replace: until all are there, nothing has changed.
!macro Bring FILE
  ; Of an upgrade before this one, and nothing to go back to.
  !insertmacro Forget "${FILE}"
  Delete "$INSTDIR\${FILE}.new"
  ClearErrors
  File "/oname=${FILE}.new" "${PROGRAMS}\${FILE}"
  ${If} ${Errors}
    StrCpy $Broken "${FILE}"
  ${EndIf}
!macroend

; A program that runs can be renamed, not replaced. The earlier one stays beside the new one until that has shown that it runs.
!macro Replace FILE
  ${If} $Broken == ""
    ClearErrors
    ${If} ${FileExists} "$INSTDIR\${FILE}"
      Rename "$INSTDIR\${FILE}" "$INSTDIR\${FILE}.old"
    ${EndIf}
    ${IfNot} ${Errors}
      Rename "$INSTDIR\${FILE}.new" "$INSTDIR\${FILE}"
    ${EndIf}
    ${If} ${Errors}
      StrCpy $Broken "${FILE}"
    ${EndIf}
  ${EndIf}
!macroend

!macro Unbring FILE
  Delete "$INSTDIR\${FILE}.new"
!macroend

!macro Return FILE
  ${If} ${FileExists} "$INSTDIR\${FILE}.old"
    ${If} ${FileExists} "$INSTDIR\${FILE}"
      !insertmacro Aside "${FILE}"
    ${EndIf}
    ClearErrors
    Rename "$INSTDIR\${FILE}.old" "$INSTDIR\${FILE}"
    ${If} ${Errors}
      StrCpy $Broken "${FILE}"
    ${EndIf}
  ${EndIf}
  !insertmacro Unbring "${FILE}"
!macroend

; Back to what ran, the way it ran: its program finds its own settings again. In the registry nothing has changed yet.
Function GoBack
  StrCpy $Broken ""
  !insertmacro Connector 'service stop'
  !insertmacro Return "${CONNECTOR}"
  !insertmacro Return "${WINDOW}"
  !insertmacro Return "${LOADER}"
  ${If} $Service != ""
    !insertmacro Connector 'service install'
  ${Else}
    !insertmacro Connector 'service uninstall'
  ${EndIf}
  ${If} $Code != 0
  ${OrIf} $Broken != ""
    StrCpy $Said "$(not_back)"
  ${Else}
    StrCpy $Said "$(came_back)"
  ${EndIf}
FunctionEnd

!macro Gone FILE
  !insertmacro Unbring "${FILE}"
  Delete "$INSTDIR\${FILE}"
!macroend

; A first installation that does not come to its end leaves nothing.
Function GoAway
  ${If} ${FileExists} "$INSTDIR\${CONNECTOR}"
    !insertmacro Connector 'service uninstall'
  ${EndIf}
  !insertmacro Gone "${CONNECTOR}"
  !insertmacro Gone "${WINDOW}"
  !insertmacro Gone "${LOADER}"
  Delete "$INSTDIR\setup.log"
  SetOutPath "$TEMP"
  RMDir "$INSTDIR"
  DeleteRegKey HKLM "${KEY}"
FunctionEnd
